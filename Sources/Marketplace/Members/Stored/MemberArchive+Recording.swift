import MarketplaceCore
import MarketplaceDomain
import MarketplaceStorage

extension MemberArchive {
    /// Decides commands, records what was decided together with what `also` adds, and does it again when others were
    /// faster; `also` is left out when there is nothing to record.
    ///
    /// - Parameters:
    ///   - repository: Of which kind of aggregate.
    ///   - id: Of which aggregate it is asked.
    ///   - key: Names the commands.
    ///   - refusing: What a rejection is among the refusals of this context.
    ///   - facts: Looks up what the commands depend on beside the aggregate, and guards it in the transaction, so that
    ///     the commit fails when it has changed; looked up anew for every attempt.
    ///   - commands: What is asked.
    ///   - also: Adds what follows from it.
    /// - Returns: What was recorded, now or when the commands were first given.
    /// - Throws: What an account rejects, what `facts` and `also` throw, or what the store says.
    func record<Root: Aggregate, Facts>(
        in repository: Repository<Root>,
        on id: Root.ID,
        key: IdempotencyKey,
        refusing: (Root.Rejection) -> MembersRefusal,
        given facts: (inout Transaction) async throws(MembersError) -> Facts,
        commands: (Root, Facts) -> [Root.Command],
        also: (inout Transaction, Root) async throws(MembersError) -> Void
    ) async throws(MembersError) -> CommandOutcome<Root> {
        try await attempting { () async throws(MembersError) -> CommandOutcome<Root>? in
            var transaction = transaction()
            let known = try await facts(&transaction)
            let outcome = try await add(
                in: repository,
                on: id,
                key: key,
                refusing: refusing,
                commands: { root in commands(root, known) },
                to: &transaction
            )
            if outcome.isRepetition || outcome.events.isEmpty { return outcome }
            try await also(&transaction, outcome.root)
            return try await perform(transaction) ? outcome : nil
        }
    }

    /// Records what one command decides that depends on nothing beside its aggregate; see
    /// ``record(in:on:key:refusing:given:commands:also:)``.
    private func record<Root: Aggregate, Action>(
        _ action: Action,
        in repository: Repository<Root>,
        on id: Root.ID,
        by actor: CommandActor,
        key: IdempotencyKey,
        refusing: (Root.Rejection) -> MembersRefusal,
        also: (inout Transaction, Root) async throws(MembersError) -> Void
    ) async throws(MembersError) -> CommandOutcome<Root> where Root.Command == ActorCommand<Action> {
        try await record(
            in: repository,
            on: id,
            key: key,
            refusing: refusing,
            given: { (_: inout Transaction) async throws(MembersError) in },
            commands: { (_, _) in [ActorCommand(action, by: actor, at: now)] },
            also: also
        )
    }

    /// Records what a command to a member's account decides.
    @discardableResult
    func record(
        _ action: MemberAction,
        on id: Member.ID,
        by actor: CommandActor,
        key: IdempotencyKey,
        also: (inout Transaction, Member) async throws(MembersError) -> Void
    ) async throws(MembersError) -> CommandOutcome<Member> {
        try await record(action, in: members, on: id, by: actor, key: key, refusing: MembersRefusal.member, also: also)
    }

    /// Records what a command to a seller's account decides.
    @discardableResult
    func record(
        _ action: SellerAccountAction,
        on id: SellerAccount.ID,
        by actor: CommandActor,
        key: IdempotencyKey,
        also: (inout Transaction, SellerAccount) async throws(MembersError) -> Void
    ) async throws(MembersError) -> CommandOutcome<SellerAccount> {
        try await record(action, in: accounts, on: id, by: actor, key: key, refusing: MembersRefusal.seller, also: also)
    }

    /// Records what a command to an enterprise decides.
    @discardableResult
    func record(
        _ action: EnterpriseAction,
        on id: Enterprise.ID,
        by actor: CommandActor,
        key: IdempotencyKey,
        also: (inout Transaction, Enterprise) async throws(MembersError) -> Void
    ) async throws(MembersError) -> CommandOutcome<Enterprise> {
        let refusing = MembersRefusal.enterprise
        return try await record(action, in: enterprises, on: id, by: actor, key: key, refusing: refusing, also: also)
    }

    /// Records what a command to a partner school decides.
    @discardableResult
    func record(
        _ action: PartnerSchoolAction,
        on id: PartnerSchool.ID,
        by actor: CommandActor,
        key: IdempotencyKey,
        also: (inout Transaction, PartnerSchool) async throws(MembersError) -> Void
    ) async throws(MembersError) -> CommandOutcome<PartnerSchool> {
        try await record(action, in: schools, on: id, by: actor, key: key, refusing: MembersRefusal.school, also: also)
    }
}
