public import MarketplaceCore

/// The bundles of a shop, resolved down to what has stock.
///
/// A bundle within a bundle counts with the components it has; bundles that contain each other are refused. Every SKU
/// that is not a bundle stands for itself.
public struct BundleCatalog: Hashable, Sendable {
    /// The most SKUs a bundle may consist of when it is resolved: one of it must fit a reservation.
    public static let mostResolvedComponents = InventoryLimits.linesPerReservation

    /// What one of each bundle consists of.
    private let resolved: [SKU: [SKU: Int64]]

    /// Resolves bundles.
    ///
    /// - Throws: `duplicateBundle`, `cycle`, `tooManyUnits`, `tooManyComponents`.
    /// - Complexity: linear in the components of all bundles when they are resolved.
    public init(_ bundles: some Sequence<StockBundle>) throws(BundleRefusal) {
        var named: [SKU: StockBundle] = [:]
        for bundle in bundles {
            guard named.updateValue(bundle, forKey: bundle.sku) == nil else { throw .duplicateBundle(bundle.sku) }
        }
        var resolved: [SKU: [SKU: Int64]] = [:]
        for bundle in try Self.innermostFirst(named) {
            var units: [SKU: Int64] = [:]
            for component in bundle.components {
                let parts = resolved[component.sku] ?? [component.sku: 1]
                try Self.add(parts, times: component.quantity.units, to: &units)
            }
            guard units.count <= Self.mostResolvedComponents else {
                throw .tooManyComponents(bundle.sku, units.count, maximum: Self.mostResolvedComponents)
            }
            resolved[bundle.sku] = units
        }
        self.resolved = resolved
    }

    /// Whether a SKU is a bundle.
    public func isBundle(_ sku: SKU) -> Bool { resolved[sku] != nil }

    /// What one of a SKU consists of, by ascending SKU: of a SKU that is no bundle, itself.
    public func components(of sku: SKU) -> [(sku: SKU, units: Int64)] {
        (resolved[sku] ?? [sku: 1]).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// The lines with what has stock in the place of every bundle: one for each SKU, by ascending SKU, or several where
    /// one cannot have so many units.
    ///
    /// - Throws: `tooManyUnits` and `tooManyLines`, beyond what a reservation can have.
    public func expanded(_ lines: [DemandLine]) throws(BundleRefusal) -> [DemandLine] {
        let units = try units(of: lines)
        let most = Int64(Quantity.maximum)
        let count = units.values.reduce(0) { $0 + Int(($1 + most - 1) / most) }
        guard count <= InventoryLimits.linesPerReservation else {
            throw .tooManyLines(count, maximum: InventoryLimits.linesPerReservation)
        }
        return units.sorted { $0.key < $1.key }.flatMap { sku, units in
            ReservationLine.lines(of: StockPoint(sku), units: units).map { DemandLine(sku, $0.quantity) }
        }
    }

    /// How many of a SKU, bundle or not, can be sold from `stock` when the other lines of the order are served first.
    ///
    /// Components that they share count once: what the others take is no longer there. None when the others cannot be
    /// served, as far as the two share anything.
    ///
    /// - Parameters:
    ///   - sku: What is to be sold.
    ///   - stock: The stock of the components; of what is missing there is none.
    ///   - others: The rest of the order, bundles among them.
    ///   - location: Where all of it must be; nil for anywhere.
    /// - Returns: The number; 0 when there is not one.
    /// - Throws: `tooManyUnits` when the others need more than there can be.
    public func sellableUnits(
        of sku: SKU,
        from stock: [SKU: SKUStock],
        besides others: [DemandLine] = [],
        at location: LocationKey? = nil
    ) throws(BundleRefusal) -> Int64 {
        let taken = try units(of: others)
        var most = Int64.max
        for (component, units) in resolved[sku] ?? [sku: 1] {
            let available = location.map { stock[component]?.level(at: $0).available } ?? stock[component]?.available
            let left = max(0, (available ?? 0) - (taken[component] ?? 0))
            most = min(most, left / units)
        }
        return most
    }

    private func units(of lines: [DemandLine]) throws(BundleRefusal) -> [SKU: Int64] {
        var units: [SKU: Int64] = [:]
        for line in lines {
            try Self.add(resolved[line.sku] ?? [line.sku: 1], times: line.quantity.units, to: &units)
        }
        return units
    }

    private static func add(
        _ parts: [SKU: Int64],
        times factor: Int64,
        to units: inout [SKU: Int64]
    ) throws(BundleRefusal) {
        let maximum = InventoryLimits.unitsOnHand
        for (sku, count) in parts {
            let (product, isTooLarge) = count.multipliedReportingOverflow(by: factor)
            let present = units[sku] ?? 0
            guard !isTooLarge, product <= maximum - present else { throw .tooManyUnits(sku, maximum: maximum) }
            units[sku] = present + product
        }
    }

    /// The bundles in an order in which each comes after its components.
    private static func innermostFirst(_ bundles: [SKU: StockBundle]) throws(BundleRefusal) -> [StockBundle] {
        var openCount: [SKU: Int] = [:]
        var containers: [SKU: [SKU]] = [:]
        for bundle in bundles.values {
            let inner = bundle.components.filter { bundles[$0.sku] != nil }
            openCount[bundle.sku] = inner.count
            for component in inner { containers[component.sku, default: []].append(bundle.sku) }
        }
        var ready = openCount.filter { $0.value == 0 }.map(\.key).sorted(by: >)
        var ordered: [StockBundle] = []
        while let sku = ready.popLast() {
            openCount[sku] = nil
            if let bundle = bundles[sku] { ordered.append(bundle) }
            for container in (containers[sku] ?? []).sorted(by: >) {
                let count = (openCount[container] ?? 0) - 1
                openCount[container] = count
                if count == 0 { ready.append(container) }
            }
        }
        guard openCount.isEmpty else { throw .cycle(cycle(among: openCount.keys.sorted(), bundles)) }
        return ordered
    }

    /// A cycle among bundles each of which contains another one of them.
    private static func cycle(among skus: [SKU], _ bundles: [SKU: StockBundle]) -> [SKU] {
        let members = Set(skus)
        var path: [SKU] = []
        var places: [SKU: Int] = [:]
        var next = skus.first
        while let sku = next {
            if let start = places[sku] { return Array(path[start...]) }
            places[sku] = path.count
            path.append(sku)
            next = bundles[sku]?.components.first { members.contains($0.sku) }?.sku
        }
        return path
    }
}
