#if SQLite
/// The bytes that are bound to a statement: one piece of memory for all its parameters, used again for the next run.
///
/// SQLite would otherwise allocate, copy and free every text and every blob of every row. Safe to use because nothing is
/// moved between two calls of ``clear(room:)``, which a statement makes only when it binds all its parameters anew.
@safe
final class SQLiteBoundStorage {
    /// Room for the parameters of nearly every row; larger ones give their room back.
    private static let usualCapacity = 4_096

    private var start: UnsafeMutableRawPointer
    private var capacity = SQLiteBoundStorage.usualCapacity
    private var used = 0

    /// Bytes that stay where they are until the storage is cleared.
    @unsafe
    struct Kept {
        let start: UnsafeRawPointer
        let count: Int
    }

    init() {
        unsafe start = .allocate(byteCount: capacity, alignment: 1)
    }

    deinit {
        unsafe start.deallocate()
    }

    /// Forgets what is kept and makes room for so many bytes.
    func clear(room: Int) {
        used = 0
        let wanted = max(room, Self.usualCapacity)
        guard wanted != capacity else { return }
        unsafe start.deallocate()
        unsafe start = .allocate(byteCount: wanted, alignment: 1)
        capacity = wanted
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
        // The room was made for all of them: whoever asks for more has not counted right.
        precondition(used + bytes.count <= capacity, "more bytes are bound than room was made for")
        let place = unsafe start + used
        if let base = bytes.baseAddress { unsafe place.copyMemory(from: base, byteCount: bytes.count) }
        used += bytes.count
        return unsafe Kept(start: UnsafeRawPointer(place), count: bytes.count)
    }
}
#endif
