/// The first elements in an order, of any number that are offered.
///
/// Offering costs a comparison for all but the few that are among the best so far.
struct BestSelection<Element> {
    private let limit: Int
    private let isBefore: (Element, Element) -> Bool
    private var kept: [Element] = []
    /// The last of the best as of the last look; what does not come before it is none of them.
    private var bar: Element?

    /// Selects at most `limit` elements, which is not negative.
    init(_ limit: Int, by isBefore: @escaping (Element, Element) -> Bool) {
        self.limit = limit
        self.isBefore = isBefore
    }

    mutating func offer(_ element: Element) {
        if let bar, !isBefore(element, bar) { return }
        kept.append(element)
        if kept.count >= 2 * limit + 16 { cut() }
    }

    /// The best, in order.
    mutating func finish() -> [Element] {
        cut()
        return kept
    }

    private mutating func cut() {
        kept.sort(by: isBefore)
        guard kept.count >= limit else { return }
        kept.removeSubrange(limit...)
        if let last = kept.last { bar = last }
    }
}
