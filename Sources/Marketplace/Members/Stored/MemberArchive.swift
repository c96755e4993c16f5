import MarketplaceCore
import MarketplaceDomain
import MarketplaceStorage

/// What all services of this context do with the store: read, record an aggregate's events together with documents, and
/// tell a race from a refusal.
struct MemberArchive: StoreService {
    package typealias Failure = MembersError

    /// How often a call is tried while others change the same things.
    static let defaultMaximumAttempts = 16
    /// The most documents a sweep deletes in one commit.
    static let sweepSize = 500

    let environment: ServiceEnvironment
    let members: Repository<Member>
    let accounts: Repository<SellerAccount>
    let enterprises: Repository<Enterprise>
    let schools: Repository<PartnerSchool>
    package let maximumAttempts = MemberArchive.defaultMaximumAttempts

    package var store: any Store { environment.store }
    package var codec: any PayloadCodec { environment.codec }
    var now: Timestamp { environment.now }

    init(_ environment: ServiceEnvironment) {
        self.environment = environment
        members = environment.repository()
        accounts = environment.repository()
        enterprises = environment.repository()
        schools = environment.repository()
    }

    /// A transaction of its own.
    func transaction() -> Transaction {
        Transaction(id: environment.identifiers.next(), time: now)
    }

    /// Adds what a command to a member's account decides to a transaction.
    func add(
        _ action: MemberAction,
        on id: MemberID,
        by actor: CommandActor,
        key: IdempotencyKey,
        to transaction: inout Transaction
    ) async throws(MembersError) -> CommandOutcome<Member> {
        let command = ActorCommand(action, by: actor, at: transaction.time)
        return try await add(
            in: members,
            on: id,
            key: key,
            refusing: MembersRefusal.member,
            commands: { _ in [command] },
            to: &transaction
        )
    }

    /// Adds what commands decide to a transaction.
    func add<Root: Aggregate>(
        in repository: Repository<Root>,
        on id: Root.ID,
        key: IdempotencyKey,
        refusing: (Root.Rejection) -> MembersRefusal,
        commands: (Root) -> [Root.Command],
        to transaction: inout Transaction
    ) async throws(MembersError) -> CommandOutcome<Root> {
        do throws(RepositoryError<Root.Rejection>) {
            return try await repository.add(to: &transaction, on: id, key: key, commands: commands)
        } catch {
            throw MembersError(error) { .refused(refusing($0)) }
        }
    }

    /// Commits; false when others were faster.
    ///
    /// A unique key that somebody else holds is a refusal.
    func perform(_ transaction: Transaction) async throws(MembersError) -> Bool {
        do throws(MembersError) {
            switch try await commit(transaction) {
            case .done: return true
            case .contended: return false
            case .bound(let key, let bound, let value):
                throw MembersError.failed(.conflict(.counterBound(key, bound: bound, value: value, delta: 0)))
            }
        } catch {
            guard case .failed(.conflict(.uniqueKey(let key, let holder))) = error,
                let refusal = MemberKeySpace.refusal(of: key)
            else { throw error }
            // The same call, made twice at once: the other one was faster.
            if transaction.writes.contains(where: { $0.key == holder }) { return false }
            throw .refused(refusal)
        }
    }

    /// The aggregate of that id as its events make it.
    func load<Root: Aggregate>(
        _ id: Root.ID,
        in repository: Repository<Root>,
        refusing: (Root.Rejection) -> MembersRefusal
    ) async throws(MembersError) -> Root {
        try await loaded(id, in: repository, refusing: refusing).root
    }

    /// The aggregate of that id, guarded in a transaction: its commit fails when the aggregate has changed.
    func load<Root: Aggregate>(
        _ id: Root.ID,
        in repository: Repository<Root>,
        refusing: (Root.Rejection) -> MembersRefusal,
        guardedIn transaction: inout Transaction
    ) async throws(MembersError) -> Root {
        let loaded = try await loaded(id, in: repository, refusing: refusing)
        do throws(TextKeyError) {
            transaction.require(.stream(try repository.stream(of: id), at: loaded.version))
        } catch {
            throw .failed(.notApplied(StoreFailure(.unreadable, error.description)))
        }
        return loaded.root
    }

    private func loaded<Root: Aggregate>(
        _ id: Root.ID,
        in repository: Repository<Root>,
        refusing: (Root.Rejection) -> MembersRefusal
    ) async throws(MembersError) -> LoadedAggregate<Root> {
        do throws(RepositoryError<Root.Rejection>) {
            return try await repository.load(id)
        } catch {
            throw MembersError(error) { .refused(refusing($0)) }
        }
    }
}
