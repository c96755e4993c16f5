/// A queue whose elements are numbered in the order they came in, from 0, and found by their number.
struct RetainedQueue<Element: Sendable>: Sendable {
    private var elements: [Element] = []
    private var head = 0
    private var firstNumber: UInt64 = 0

    /// The element that came in first of those that are still there.
    var first: Element? { head < elements.count ? elements[head] : nil }

    /// The element of that number; nil when it was taken out.
    subscript(number: UInt64) -> Element? {
        guard number >= firstNumber, number - firstNumber < UInt64(elements.count - head) else { return nil }
        return elements[head + Int(number - firstNumber)]
    }

    /// Adds an element, and returns its number.
    mutating func append(_ element: Element) -> UInt64 {
        elements.append(element)
        return firstNumber + UInt64(elements.count - head - 1)
    }

    /// Takes out the first element.
    mutating func removeFirst() {
        guard head < elements.count else { return }
        head += 1
        firstNumber += 1
        // Moving what is left once it is less than what was taken out keeps the cost per element constant.
        if head > 32, head * 2 > elements.count {
            elements.removeFirst(head)
            head = 0
        }
    }
}
