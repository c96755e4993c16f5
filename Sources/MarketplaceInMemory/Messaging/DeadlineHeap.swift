/// What is due at some time, the earliest first; what was settled before its time is cleared out in bulk.
struct DeadlineHeap<Element: Sendable>: Sendable {
    private struct Node: Sendable {
        let due: Duration
        let element: Element
    }

    private var nodes: [Node] = []
    private var stale = 0

    /// The earliest time, stale entries included.
    var earliest: Duration? { nodes.first?.due }
    var count: Int { nodes.count }

    mutating func insert(_ element: Element, due: Duration) {
        nodes.append(Node(due: due, element: element))
        var child = nodes.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard nodes[child].due < nodes[parent].due else { break }
            nodes.swapAt(child, parent)
            child = parent
        }
    }

    /// Takes out the earliest element if it is due at `now`.
    mutating func popDue(at now: Duration) -> Element? {
        guard let first = nodes.first, first.due <= now else { return nil }
        let last = nodes.removeLast()
        if !nodes.isEmpty {
            nodes[0] = last
            siftDown(from: 0)
        }
        return first.element
    }

    /// Notes that one element no longer matters; clears out all such once they are the larger part.
    mutating func noteStale(isCurrent: (Element) -> Bool) {
        stale += 1
        guard stale > 64, stale * 2 > nodes.count else { return }
        stale = 0
        nodes.removeAll { !isCurrent($0.element) }
        for index in stride(from: nodes.count / 2 - 1, through: 0, by: -1) { siftDown(from: index) }
    }

    private mutating func siftDown(from start: Int) {
        var parent = start
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < nodes.count {
                if nodes[child].due < nodes[least].due { least = child }
            }
            guard least != parent else { return }
            nodes.swapAt(parent, least)
            parent = least
        }
    }
}
