import ExampleSupport
package import MarketplaceCore
import MarketplaceJSON
package import MarketplacePromotions

/// What the command does between reading and printing.
package struct PriceCart: Sendable {
    /// The document.
    package let document: CartDocument
    /// What is to be paid, and why.
    package let pricing: PricedBasket
    private let name: String

    /// Reads a document and prices its cart.
    ///
    /// - Parameters:
    ///   - path: The document; `-` is the standard input.
    ///   - policy: The name or the file of a policy that goes before the document's.
    ///   - now: The time that is meant where the document has none.
    /// - Throws: ``PriceCartFailure``; nothing is half-evaluated.
    package init(path: String, policy: String?, now: Timestamp) throws(PriceCartFailure) {
        let bytes = try Self.bytes(of: path)
        let policy = try policy.map(Self.policy)
        try self.init(bytes: bytes, name: path, policy: policy, now: now)
    }

    /// Prices the cart of a document.
    package init(
        bytes: [UInt8],
        name: String,
        policy: PricingPolicy? = nil,
        now: Timestamp
    ) throws(PriceCartFailure) {
        self.name = name
        var document = try Self.decode(CartDocument.self, bytes, name: name)
        if !document.isTimed { document.terms.time = now }
        if let policy { document.terms.policy = policy }
        self.document = document
        do throws(PricingError) {
            pricing = try document.basket.priced(under: document.terms)
        } catch {
            throw PriceCartFailure(error, of: document, file: name)
        }
    }

    /// The priced cart as JSON, with sorted keys: equal carts give equal bytes.
    package func json() throws(PriceCartFailure) -> String {
        do throws(JSONDocumentError) {
            return String(decoding: try JSONDocument.encode(pricing, layout: .pretty), as: UTF8.self)
        } catch {
            throw PriceCartFailure(.data, file: name, error.description)
        }
    }

    /// A policy by its name, or from a file.
    private static func policy(_ text: String) throws(PriceCartFailure) -> PricingPolicy {
        if let policy = PricingPolicy(named: text) { return policy }
        return try decode(PricingPolicy.self, bytes(of: text), name: text)
    }

    private static func bytes(of path: String) throws(PriceCartFailure) -> [UInt8] {
        do throws(FileError) {
            return try InputFile.read(path, limit: CartDocument.limits.maximumBytes)
        } catch {
            throw PriceCartFailure(error)
        }
    }

    private static func decode<Value: Decodable>(
        _ type: Value.Type,
        _ bytes: [UInt8],
        name: String
    ) throws(PriceCartFailure) -> Value {
        do throws(JSONDocumentError) {
            return try JSONDocument.decode(type, from: bytes, limits: CartDocument.limits)
        } catch {
            throw PriceCartFailure(.data, file: name, error.description)
        }
    }
}
