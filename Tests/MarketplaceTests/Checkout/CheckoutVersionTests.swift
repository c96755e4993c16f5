import Marketplace
import MarketplaceTestKit
import Testing

/// The steps of a checkout that is in use are not changed: a changed definition takes a new version, and its
/// fingerprint is added here beside those of the old ones.
struct CheckoutVersionTests {
    @Test(arguments: [
        (CheckoutFlow.reserveFirst, 5, 14_512_541_848_807_906_390 as UInt64),
        (CheckoutFlow.payFirst, 6, 11_898_221_931_793_920_768 as UInt64),
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
