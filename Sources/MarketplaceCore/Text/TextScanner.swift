/// Reads a text byte by byte, knowing where it is.
struct TextScanner {
    private var rest: String.UTF8View.Iterator
    /// The byte that comes next; nil at the end.
    private(set) var next: UInt8?
    /// The offset of that byte.
    private(set) var offset = 0

    init(_ text: String) {
        rest = text.utf8.makeIterator()
        next = rest.next()
    }

    /// Moves behind the next byte.
    mutating func advance() {
        guard next != nil else { return }
        next = rest.next()
        offset += 1
    }

    /// Moves behind the next byte if it is this one.
    mutating func take(_ byte: Unicode.Scalar) -> Bool {
        guard let next, UInt32(next) == byte.value else { return false }
        advance()
        return true
    }

    /// Moves behind the next byte if it is a decimal digit, and returns its value.
    mutating func takeDigit() -> UInt8? {
        guard let next, next >= 48, next <= 57 else { return nil }
        advance()
        return next - 48
    }
}
