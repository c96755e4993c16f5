import MarketplaceCore
import MarketplaceInventory

/// The search for an order of concurrent calls that explains their answers.
///
/// Depth first over which caller's next call comes next (Wing and Gong, "Testing and Verifying Concurrent Objects",
/// 1993), with the dead ends remembered (Lowe, "Testing for Linearizability", 2017).
struct InventoryLinearization {
    struct Call: CustomStringConvertible {
        let call: InventoryCall
        let answer: InventoryAnswer
        let begin: Int
        let end: Int

        var description: String { "[\(begin)–\(end)] \(call) → \(answer)" }
    }

    private struct DeadEnd: Hashable {
        let places: [Int]
        let model: InventoryModel
    }

    private let callers: [[Call]]
    private let start: InventoryModel
    private let difference: (InventoryModel) -> String?
    private var deadEnds: Set<DeadEnd> = []
    private var lastDifference: String?

    /// A search.
    ///
    /// The difference is what of the end does not agree with a model; nil when everything does.
    init(
        _ callers: [[Call]],
        from start: InventoryModel,
        difference: @escaping (InventoryModel) -> String?
    ) {
        self.callers = callers
        self.start = start
        self.difference = difference
    }

    /// Why there is no such order; nil when there is one.
    mutating func failure() -> String? {
        if explains(Array(repeating: 0, count: callers.count), start) { return nil }
        return lastDifference.map { "every order that explains the answers ends otherwise: \($0)" }
            ?? "no order of the calls explains the answers"
    }

    private mutating func explains(_ places: [Int], _ model: InventoryModel) -> Bool {
        let next = callers.indices.filter { places[$0] < callers[$0].count }
        if next.isEmpty {
            lastDifference = difference(model)
            return lastDifference == nil
        }
        let deadEnd = DeadEnd(places: places, model: model)
        if deadEnds.contains(deadEnd) { return false }
        // Whatever began after another call had ended cannot come before it.
        let earliestEnd = next.map { callers[$0][places[$0]].end }.min() ?? 0
        let candidates = next.filter { callers[$0][places[$0]].begin < earliestEnd }
            .sorted { callers[$0][places[$0]].end < callers[$1][places[$1]].end }
        for caller in candidates {
            var model = model
            let call = callers[caller][places[caller]]
            guard model.accepts(call.answer, to: call.call) else { continue }
            var places = places
            places[caller] += 1
            if explains(places, model) { return true }
        }
        deadEnds.insert(deadEnd)
        return false
    }
}
