/// Writes the small binary records the package keeps for itself: checkpoints, locks, inbox entries.
///
/// Numbers are big-endian. The first byte is the version of the form.
package struct RecordWriter {
    package private(set) var bytes: [UInt8]

    package init(version: UInt8) {
        bytes = [version]
    }

    package mutating func write<Number: FixedWidthInteger>(_ number: Number) {
        for shift in stride(from: Number.bitWidth - 8, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: number >> Number(shift)))
        }
    }
}
