/// The lines of a reservation; a single one, by far the most frequent case, needs no memory of its own.
public struct ReservationLines: RandomAccessCollection, Hashable, Sendable {
    @usableFromInline let first: ReservationLine?
    @usableFromInline let rest: [ReservationLine]

    /// One line.
    @inlinable
    public init(_ line: ReservationLine) {
        first = line
        rest = []
    }

    /// The lines of a sequence, in their order.
    public init(_ lines: some Sequence<ReservationLine>) {
        var iterator = lines.makeIterator()
        first = iterator.next()
        var rest: [ReservationLine] = []
        while let line = iterator.next() { rest.append(line) }
        self.rest = rest
    }

    /// The only line; nil when there are none or several.
    @inlinable var single: ReservationLine? { rest.isEmpty ? first : nil }

    /// Always 0.
    @inlinable public var startIndex: Int { 0 }
    /// The number of lines.
    @inlinable public var endIndex: Int { first == nil ? 0 : rest.count + 1 }

    /// The line at a place; it must be one of the indices.
    @inlinable
    public subscript(position: Int) -> ReservationLine {
        if position == 0, let first { return first }
        return rest[position - 1]
    }
}

extension ReservationLines: ExpressibleByArrayLiteral {
    /// The lines of a literal.
    public init(arrayLiteral elements: ReservationLine...) {
        self.init(elements)
    }
}
