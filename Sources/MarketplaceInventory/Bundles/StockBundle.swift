public import MarketplaceCore

/// One thing that is sold and consists of units of others: a gift box, a pair, a starter set.
///
/// It has no stock of its own. A component may be a bundle itself; a ``BundleCatalog`` resolves that.
public struct StockBundle: Hashable, Sendable {
    /// The most components a bundle may name: more is a catalogue, not a thing that is packed.
    public static let mostComponents = 100

    /// What it is sold as.
    public let sku: SKU
    /// What one of it consists of, by ascending SKU.
    public let components: [DemandLine]

    /// Makes a bundle.
    ///
    /// - Throws: `noComponents`, `tooManyComponents`, `duplicateComponent`; `cycle` when it is its own component.
    public init(_ sku: SKU, of components: [DemandLine]) throws(BundleRefusal) {
        guard !components.isEmpty else { throw .noComponents(sku) }
        guard components.count <= Self.mostComponents else {
            throw .tooManyComponents(sku, components.count, maximum: Self.mostComponents)
        }
        let sorted = components.sorted { $0.sku < $1.sku }
        for (component, next) in zip(sorted, sorted.dropFirst()) where component.sku == next.sku {
            throw .duplicateComponent(sku, component.sku)
        }
        guard !sorted.contains(where: { $0.sku == sku }) else { throw .cycle([sku]) }
        self.sku = sku
        self.components = sorted
    }
}
