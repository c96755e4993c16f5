#if SQLite
/// The bytes that are bound to a statement: one piece of memory for all its parameters, used again for the next run, and
/// pieces of their own for what has no room there.
///
/// SQLite would otherwise allocate, copy and free every text and every blob of every row. Safe to use because nothing is
/// moved or freed between two calls of ``clear()``, which a statement makes only when it binds all its parameters anew.
@safe
final class SQLiteBoundStorage {
    /// Room for the parameters of nearly every row.
    private static let capacity = 4_096

    private let start: UnsafeMutableRawPointer
    private var used = 0
    /// What there was no room for, each in a piece of its own.
    private var large: [UnsafeMutableRawPointer] = unsafe []

    /// Bytes that stay where they are until the storage is cleared.
    @unsafe
    struct Kept {
        let start: UnsafeRawPointer
        let count: Int
    }

    init() {
        unsafe start = .allocate(byteCount: Self.capacity, alignment: 1)
    }

    deinit {
        clear()
        unsafe start.deallocate()
    }

    /// Forgets what is kept.
    func clear() {
        used = 0
        guard unsafe !large.isEmpty else { return }
        unsafe large.forEach { unsafe $0.deallocate() }
        unsafe large = []
    }

    /// Keeps the UTF-8 of a text.
    func keep(_ text: String) -> Kept {
        var text = text
        return text.withUTF8 { unsafe keep(UnsafeRawBufferPointer($0)) }
    }

    /// Keeps bytes.
    func keep(_ bytes: [UInt8]) -> Kept {
        unsafe bytes.withUnsafeBytes { unsafe keep($0) }
    }

    /// Keeps the 16 bytes of an identifier, the highest first.
    func keep(_ bits: UInt128) -> Kept {
        unsafe withUnsafeBytes(of: bits.bigEndian) { unsafe keep($0) }
    }

    private func keep(_ bytes: UnsafeRawBufferPointer) -> Kept {
        let place = unsafe room(for: bytes.count)
        if let base = bytes.baseAddress { unsafe place.copyMemory(from: base, byteCount: bytes.count) }
        return unsafe Kept(start: UnsafeRawPointer(place), count: bytes.count)
    }

    private func room(for count: Int) -> UnsafeMutableRawPointer {
        guard count <= Self.capacity - used else {
            let piece = UnsafeMutableRawPointer.allocate(byteCount: count, alignment: 1)
            unsafe large.append(piece)
            return unsafe piece
        }
        defer { used += count }
        return unsafe start + used
    }
}
#endif
