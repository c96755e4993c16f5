#if LibPQ
/// The values of one statement as C wants them, in memory that is used again for the next.
///
/// Safe to use because all of the memory is the object's own, and libpq copies what it sends during the call.
@safe
final class LibPQArguments {
    /// What is kept for the next statement; more than that is rare, and given back.
    private static let keptBytes = 1 << 20
    /// The binary format, for parameters and for results.
    static let binary: Int32 = 1

    /// How many values there are.
    private(set) var count: Int32 = 0
    /// Where each value begins, nil for null.
    private(set) var addresses: [UnsafePointer<CChar>?] = unsafe []
    /// How long each is.
    private(set) var lengths: [Int32] = []
    /// In which format each is.
    private(set) var formats: [Int32] = []
    private var bytes: UnsafeMutableRawBufferPointer

    init() {
        unsafe bytes = .allocate(byteCount: 4_096, alignment: 1)
    }

    deinit {
        unsafe bytes.deallocate()
    }

    /// Takes values, whose number and lengths were checked before.
    func set(_ values: [PostgresValue]) {
        let needed = values.reduce(0) { $0 + ($1.bytes?.count ?? 0) }
        if unsafe needed > bytes.count || (bytes.count > Self.keptBytes && needed <= Self.keptBytes) {
            unsafe bytes.deallocate()
            // At least one byte: a value of none must have an address, for it is not null.
            unsafe bytes = .allocate(byteCount: max(needed, 4_096), alignment: 1)
        }
        count = Int32(values.count)
        unsafe addresses.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        while formats.count < values.count { formats.append(Self.binary) }
        var place = 0
        for value in values {
            guard let value = value.bytes else {
                unsafe addresses.append(nil)
                lengths.append(0)
                continue
            }
            let slot = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[min(place, bytes.count - 1)...])
            unsafe slot.copyBytes(from: value)
            unsafe addresses.append(UnsafeRawPointer(slot.baseAddress)?.assumingMemoryBound(to: CChar.self))
            lengths.append(Int32(value.count))
            place += value.count
        }
    }
}
#endif
