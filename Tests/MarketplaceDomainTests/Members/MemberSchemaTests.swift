import MarketplaceCore
import MarketplaceDomain
import Testing

@Suite struct MemberSchemaTests {
    @Test func everyEventOfTheContextSaysItsShape() throws {
        let types =
            MemberEvent.cases.map(\.payloadType) + SellerAccountEvent.cases.map(\.payloadType)
            + EnterpriseEvent.cases.map(\.payloadType) + PartnerSchoolEvent.cases.map(\.payloadType)
        for type in types { #expect(try !EventSchema(of: type).record.fields.isEmpty) }
        let names = types.map { $0.eventName }
        let published = [
            "MemberCreated", "MemberUpdated", "MemberDisabled", "SellerAccountCreated", "EnterpriseCreated",
            "EnterpriseVerified",
        ]
        #expect(Set(published).isSubset(of: names))
        #expect(Set(names).count == names.count)
    }
}
