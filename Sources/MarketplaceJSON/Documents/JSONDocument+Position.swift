extension JSONDocument {
    /// A place in a text as editors show it.
    public struct Position: Hashable, Sendable, CustomStringConvertible {
        /// The line, from 1; a line ends with U+000A.
        public let line: Int
        /// The column in Unicode scalars, from 1.
        public let column: Int

        /// Makes a position.
        public init(line: Int, column: Int) {
            self.line = line
            self.column = column
        }

        /// The line and the column in words.
        public var description: String { "line \(line), column \(column)" }
    }
}

extension JSONDocument.Position {
    /// The position of a byte.
    init(of offset: Int, in bytes: [UInt8]) {
        let start = bytes.starts(with: JSONText.byteOrderMark) ? JSONText.byteOrderMark.count : 0
        var line = 1
        var column = 1
        for byte in bytes[min(start, offset)..<offset] {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                // A scalar is one byte that does not continue another.
                column += 1
            }
        }
        self.init(line: line, column: column)
    }
}
