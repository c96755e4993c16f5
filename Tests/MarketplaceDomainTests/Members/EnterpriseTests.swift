import MarketplaceCore
import MarketplaceDomain
import Testing

@Suite struct EnterpriseTests {
    static let id = EnterpriseID(bits: 41)
    static let school = PartnerSchoolID(bits: 42)
    static let me = CommandActor.buyer(Example.buyer)
    static let staff = CommandActor.operator(Example.staff)

    @Test func theLifecyclesAllowExactlyWhatIsListed() {
        let ours: [ActorRole] = [.operator, .system]
        expectExactly(
            Enterprise.lifecycle,
            allows: [
                (.register, nil, .pending, [.buyer, .operator, .system]), (.verify, .pending, .verified, ours),
                (.reject, .pending, .rejected, ours), (.reject, .verified, .rejected, ours),
                (.resubmit, .rejected, .pending, [.buyer, .operator]),
            ],
            states: EnterpriseStatus.allCases,
            moves: EnterpriseMove.allCases,
            roles: ActorRole.allCases
        )
        expectExactly(
            PartnerSchool.lifecycle,
            allows: [(.add, nil, .active, ours), (.end, .active, .ended, ours)],
            states: PartnerSchoolStatus.allCases,
            moves: PartnerSchoolMove.allCases,
            roles: ActorRole.allCases
        )
    }

    @Test func aRejectedEnterpriseTriesAgain() throws {
        var enterprise = Enterprise()
        var events: [EnterpriseEvent] = []
        for (action, actor) in [
            (.register(id: Self.id, owner: Example.buyer), Self.me), (.reject(.mismatch), Self.staff),
            (.resubmit, Self.me), (.verify, Self.staff),
        ] as [(EnterpriseAction, CommandActor)] {
            events += try enterprise.perform(action, by: actor)
            #expect(try enterprise.perform(action, by: actor) == [], "a repeated command changes nothing")
        }
        #expect(enterprise.status == .verified && enterprise.rejectionReason == nil)
        #expect(Set(events.map { type(of: $0.payload).eventName }) == Set(EnterpriseEvent.cases.map(\.name)))
        for event in events { #expect(try roundTripped(event) == event) }
        #expect(Enterprise(replaying: events) == enterprise)
        #expect(
            enterprise.refusal(of: .register(id: EnterpriseID(bits: 9), owner: Example.buyer), by: Self.me)
                == .alreadyRegistered(Self.id)
        )
        #expect(Enterprise().refusal(of: .verify, by: Self.staff) == .notRegistered)
    }

    @Test func aSchoolIsAPartnerByADomain() throws {
        var school = PartnerSchool()
        var events = try school.perform(.add(id: Self.school, domain: "Uni.Example."), by: Self.staff)
        #expect(school.domain == "uni.example")
        #expect(try school.perform(.add(id: Self.school, domain: "uni.example"), by: Self.staff) == [])
        #expect(
            school.refusal(of: .add(id: Self.school, domain: "other.example"), by: Self.staff)
                == .alreadyAdded(Self.school)
        )
        events += try school.perform(.end, by: Self.staff)
        #expect(try school.perform(.end, by: Self.staff) == [])
        for event in events { #expect(try roundTripped(event) == event) }
        for text in ["", "uni", "uni..example", "-uni.example", "uni.example/x", "uni example.org"] {
            #expect(
                PartnerSchool().refusal(of: .add(id: Self.school, domain: text), by: Self.staff)
                    == .notADomain(excerpt: text)
            )
        }
    }
}
