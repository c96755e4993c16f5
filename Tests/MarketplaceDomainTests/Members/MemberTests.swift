import MarketplaceCore
import MarketplaceDomain
import Testing

@Suite struct MemberTests {
    static let me = CommandActor.buyer(Example.buyer)
    static let school = PartnerSchoolID(bits: 31)

    /// A member who was moved there.
    static func member(in status: MemberStatus, isVerified: Bool = true) throws -> Member {
        var member = Member()
        try member.perform(.signUp(id: Example.buyer, consents: [.marketing]), by: .visitor)
        if status == .signedUp { return member }
        if isVerified { try member.perform(.verify, by: .system) }
        switch status {
        case .signedUp, .verified: break
        case .disabled: try member.perform(.disable(.misuse), by: .operator(Example.staff))
        case .erased: try member.perform(.erase, by: me)
        }
        return member
    }

    /// One action of each kind, with the move it makes and the status it leads to.
    static let actions: [(MemberAction, MemberMove, MemberStatus?)] = [
        (.verify, .verify, .verified), (.update([.name]), .update, nil),
        (.setConsent(.thirdParty, isGiven: true), .consent, nil), (.setRoles(["support"]), .changeRoles, nil),
        (.changeCredential(.password), .changeCredential, nil), (.joinSchool(school), .joinSchool, nil),
        (.disable(.misuse), .disable, .disabled), (.reinstate, .reinstate, .verified), (.erase, .erase, .erased),
    ]

    @Test func theLifecycleAllowsExactlyWhatIsListed() {
        let all: [ActorRole] = [.buyer, .operator, .system]
        let ours: [ActorRole] = [.operator, .system]
        func table(reinstated status: MemberStatus) -> [(MemberMove, MemberStatus?, MemberStatus, [ActorRole])] {
            [
                (.signUp, nil, .signedUp, [.visitor, .operator, .system]), (.verify, .signedUp, .verified, ours),
                (.update, .signedUp, .signedUp, all), (.update, .verified, .verified, all),
                (.consent, .signedUp, .signedUp, [.buyer, .system]),
                (.consent, .verified, .verified, [.buyer, .system]),
                (.changeRoles, .verified, .verified, ours),
                (.changeCredential, .signedUp, .signedUp, [.buyer, .system]),
                (.changeCredential, .verified, .verified, [.buyer, .system]),
                (.joinSchool, .verified, .verified, [.system]), (.leaveSchool, .verified, .verified, all),
                (.disable, .signedUp, .disabled, all), (.disable, .verified, .disabled, all),
                (.reinstate, .disabled, status, [.operator]), (.erase, .signedUp, .erased, all),
                (.erase, .verified, .erased, all), (.erase, .disabled, .erased, ours),
            ]
        }
        let cases: [(MemberStatus, Set<TransitionFact>)] = [
            (.verified, ["e-mail address verified"]), (.signedUp, []),
        ]
        for (status, facts) in cases {
            expectExactly(
                Member.lifecycle,
                allows: table(reinstated: status).map { (move: $0.0, from: $0.1, to: $0.2, by: $0.3) },
                states: MemberStatus.allCases,
                moves: MemberMove.allCases,
                roles: ActorRole.allCases,
                given: facts
            )
        }
    }

    @Test(arguments: MemberStatus.allCases, ActorRole.allCases)
    func everyCommandFollowsTheLifecycleOrRepeatsWhatWasDone(_ status: MemberStatus, _ role: ActorRole) throws {
        for (action, move, target) in Self.actions {
            var member = try Self.member(in: status)
            let isVerified = member.isEmailVerified
            let facts: Set<TransitionFact> = isVerified ? ["e-mail address verified"] : []
            let isListed = Member.lifecycle.open(from: status, by: role, given: facts).contains(move)
            if isListed {
                #expect(try member.perform(action, by: Example.actor(role)).count == 1, "\(action)")
                #expect(member.status == target ?? status)
            } else if status == target, Member.lifecycle.roles(of: move).contains(role) {
                #expect(try member.perform(action, by: Example.actor(role)) == [])
            } else if role == .visitor || role == .seller {
                let party: CommandParty = role == .visitor ? .visitor : .otherSeller
                #expect(
                    member.refusal(of: action, by: Example.actor(role))
                        == .forbidden(Example.forbidden(action, to: Example.actor(role), party))
                )
            } else if case .reinstate = action, status == .signedUp, role == .operator {
                #expect(try member.perform(action, by: Example.actor(role)) == [])
            } else {
                guard case .move? = member.refusal(of: action, by: Example.actor(role)) else {
                    Issue.record("\(action) from \(status) by \(role) was not refused by the lifecycle")
                    continue
                }
            }
        }
    }

    @Test func aSignUpThatNobodyVerifiesComesToItsEndAfterAWeek() throws {
        let member = try Self.member(in: .signedUp)
        let row = try Member.lifecycle.transition(.erase, from: .signedUp, by: .system)
        #expect(row.timer?.deadline(in: member.history) == Example.now.advanced(by: .days(7)))
    }

    @Test func aRepeatedSignUpIsTheSameAndAnotherIsRefused() throws {
        var member = try Self.member(in: .signedUp)
        #expect(try member.perform(.signUp(id: Example.buyer, consents: [.marketing]), by: .visitor) == [])
        #expect(
            member.refusal(of: .signUp(id: Example.buyer, consents: []), by: .visitor)
                == .alreadySignedUp(Example.buyer)
        )
        #expect(Member().refusal(of: .verify, by: .system) == .notSignedUp)
    }

    @Test func aConsentTellsWhenItChangedAndIsNotGivenTwice() throws {
        var member = try Self.member(in: .verified)
        let later = Example.now.advanced(by: .hours(1))
        let action = MemberAction.setConsent(.marketing, isGiven: false)
        #expect(try member.handle(ActorCommand(action, by: Self.me, at: later)).count == 1)
        #expect(member.consents[.marketing] == ConsentState(isGiven: false, changedAt: later))
        #expect(try member.perform(action, by: Self.me) == [])
        #expect(member.consents[.marketing]?.changedAt == later)
    }

    @Test func rolesAndSchoolsAreBounded() throws {
        var member = try Self.member(in: .verified)
        let roles = Set((0...Member.maximumRoles).compactMap { try? MemberRole(validating: "role \($0)") })
        #expect(
            member.refusal(of: .setRoles(roles), by: .system)
                == .tooManyRoles(count: Member.maximumRoles + 1, maximum: Member.maximumRoles)
        )
        for number in 0..<Member.maximumSchools {
            try member.perform(.joinSchool(PartnerSchoolID(bits: UInt128(number))), by: .system)
        }
        #expect(
            member.refusal(of: .joinSchool(PartnerSchoolID(bits: 99)), by: .system)
                == .tooManySchools(maximum: Member.maximumSchools)
        )
    }

    @Test func rolesThatAreThereAlreadyAndSchoolsThatAreLeftChangeNothing() throws {
        var member = try Self.member(in: .verified)
        #expect(try member.perform(.setRoles(["support"]), by: .system).count == 1)
        #expect(try member.perform(.setRoles(["support"]), by: .system) == [])
        try member.perform(.joinSchool(Self.school), by: .system)
        #expect(try member.perform(.joinSchool(Self.school), by: .system) == [])
        #expect(try member.perform(.leaveSchool(Self.school), by: Self.me).count == 1)
        #expect(member.schools.isEmpty)
        #expect(try member.perform(.leaveSchool(Self.school), by: Self.me) == [])
    }

    @Test func whoeverIsErasedHasNeitherRolesNorSchools() throws {
        var member = try Self.member(in: .verified)
        try member.perform(.setRoles(["support"]), by: .system)
        try member.perform(.joinSchool(Self.school), by: .system)
        try member.perform(.erase, by: Self.me)
        #expect(member.roles.isEmpty && member.schools.isEmpty)
    }

    @Test func everyEventIsReadBackAsItWasWritten() throws {
        var member = Member()
        let steps: [(MemberAction, CommandActor)] =
            [(.signUp(id: Example.buyer, consents: [.marketing, .thirdParty]), .visitor)]
            + [
                .verify, .update([.phone, .name]), .setConsent(.marketing, isGiven: false), .setRoles(["b", "a"]),
                .changeCredential(.social), .joinSchool(Self.school), .leaveSchool(Self.school), .disable(.compromised),
            ].map { ($0, .system) } + [(.reinstate, .operator(Example.staff)), (.erase, .system)]
        var events: [MemberEvent] = []
        for (action, actor) in steps { events += try member.perform(action, by: actor) }
        #expect(Set(events.map { type(of: $0.payload).eventName }) == Set(MemberEvent.cases.map(\.name)))
        for event in events { #expect(try roundTripped(event) == event) }
        #expect(Member(replaying: events) == member)
    }
}
