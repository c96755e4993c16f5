/// The rows that a statement returned, in PostgreSQL's binary format.
public struct PostgresRows: Hashable, Sendable {
    private static let null = -1

    /// How many columns each row has.
    public let columnCount: Int
    /// All cells behind one another, so that a page of a thousand rows is not ten thousand arrays.
    private var bytes: [UInt8] = []
    /// Where each cell ends, or ``null``; row by row.
    private var ends: [Int] = []
    /// Where the next cell begins.
    private var starts: [Int] = []

    /// No rows yet, of that many columns.
    public init(columnCount: Int = 0) {
        self.columnCount = columnCount
    }

    /// How many rows there are.
    public var count: Int { columnCount == 0 ? 0 : ends.count / columnCount }

    /// Adds the next cell, from left to right and row by row; nil for null.
    public mutating func append(_ cell: (some Collection<UInt8>)?) {
        starts.append(bytes.count)
        guard let cell else {
            ends.append(Self.null)
            return
        }
        bytes.append(contentsOf: cell)
        ends.append(bytes.count)
    }

    /// Adds a null.
    public mutating func appendNull() {
        append([UInt8]?.none)
    }

    /// The bytes of a cell; nil for null, and for a cell that does not exist.
    public func cell(_ column: Int, of row: Int) -> ArraySlice<UInt8>? {
        range(column, of: row).map { bytes[$0] }
    }

    /// Where the bytes of a cell are.
    private func range(_ column: Int, of row: Int) -> Range<Int>? {
        guard row >= 0, row < count, column >= 0, column < columnCount else { return nil }
        let place = row * columnCount + column
        return ends[place] == Self.null ? nil : starts[place]..<ends[place]
    }
}

extension PostgresRows {
    /// A `bigint`.
    func integer(_ column: Int, of row: Int) throws(PostgresFailure) -> Int64 {
        guard let number: UInt64 = number(column, of: row) else { throw Self.unreadable(column, "bigint") }
        return Int64(bitPattern: number)
    }

    /// The bits of a `uuid`.
    func bits(_ column: Int, of row: Int) throws(PostgresFailure) -> UInt128 {
        guard let bits: UInt128 = number(column, of: row) else { throw Self.unreadable(column, "uuid") }
        return bits
    }

    /// A `bigint`, or nil for null.
    func integerIfAny(_ column: Int, of row: Int) throws(PostgresFailure) -> Int64? {
        cell(column, of: row) == nil ? nil : try integer(column, of: row)
    }

    /// A `boolean`.
    func flag(_ column: Int, of row: Int) throws(PostgresFailure) -> Bool {
        guard let cell = cell(column, of: row), cell.count == 1 else { throw Self.unreadable(column, "boolean") }
        return cell.first == 1
    }

    /// A `text`.
    func text(_ column: Int, of row: Int) throws(PostgresFailure) -> String {
        guard let cell = cell(column, of: row), let text = String(validating: cell, as: UTF8.self) else {
            throw Self.unreadable(column, "text")
        }
        return text
    }

    /// A `text`, or nil for null.
    func textIfAny(_ column: Int, of row: Int) throws(PostgresFailure) -> String? {
        cell(column, of: row) == nil ? nil : try text(column, of: row)
    }

    /// A `bytea`.
    func bytes(_ column: Int, of row: Int) throws(PostgresFailure) -> [UInt8] {
        guard let cell = cell(column, of: row) else { throw Self.unreadable(column, "bytea") }
        return Array(cell)
    }

    /// The bytes of a cell as a number, the highest first; nil when there are more or fewer than it has.
    private func number<Number: FixedWidthInteger>(_ column: Int, of row: Int) -> Number? {
        guard let range = range(column, of: row), range.count == Number.bitWidth / 8 else { return nil }
        var number: Number = 0
        for place in range { number = number << 8 | Number(truncatingIfNeeded: bytes[place]) }
        return number
    }

    private static func unreadable(_ column: Int, _ type: String) -> PostgresFailure {
        PostgresFailure(.unreadable, "column \(column + 1) is no \(type)")
    }
}
