import Foundation
import MarketplaceJSON
import MarketplacePromotions
import Testing

/// The files are the values that the published numbers were checked with.
struct ExamplePolicyTests {
    @Test(arguments: [
        ("medusa", PublishedPolicies.medusa), ("oscar", PublishedPolicies.oscar),
        ("woocommerce", PublishedPolicies.woocommerce(isSequential: false)),
        ("woocommerce-sequential", PublishedPolicies.woocommerce(isSequential: true)),
        ("solidus", PublishedPolicies.solidus), ("sylius", PublishedPolicies.sylius),
        ("saleor", PublishedPolicies.saleor), ("vendure", PublishedPolicies.vendure),
    ])
    func aPolicyOfTheExampleIsThePublishedOne(name: String, policy: PricingPolicy) throws {
        let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let file = package.appending(path: "Examples/PriceCart/Policies/\(name).json")
        #expect(try JSONDocument.decode(PricingPolicy.self, from: Array(Data(contentsOf: file))) == policy)
    }
}
