import Marketplace
import MarketplaceTestKit
import Testing

/// The steps of a checkout that is in use are not changed: a changed definition takes a new version, and its
/// fingerprint is added here beside those of the old ones.
struct CheckoutVersionTests {
    @Test(arguments: [
        (CheckoutFlow.reserveFirst, 1, 9_325_264_505_984_639_445 as UInt64),
        (CheckoutFlow.payFirst, 2, 12_408_475_533_395_571_633 as UInt64),
    ])
    func everyVersionHasTheStepsItWasReleasedWith(_ flow: CheckoutFlow, _ version: Int, _ fingerprint: UInt64) {
        let checkout = Checkout(
            store: InMemoryStore(),
            inventory: InMemoryInventory(),
            gateway: ScriptedPaymentGateway(),
            codec: .json,
            identifiers: SeededIdentifiers(seed: 1),
            configuration: CheckoutConfiguration(flow: flow)
        )
        #expect(checkout.definition.version == version)
        #expect(checkout.definition.fingerprint == fingerprint)
    }
}
