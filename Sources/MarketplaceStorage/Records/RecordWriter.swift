package import MarketplaceCore

/// Writes the small binary records the package keeps for itself: checkpoints, locks, inbox entries.
///
/// Numbers are big-endian; texts carry their length in four bytes. The first byte is the version of the form.
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

    package mutating func write(_ text: String) {
        let utf8 = Array(text.utf8)
        write(UInt32(clamping: utf8.count))
        bytes.append(contentsOf: utf8)
    }

    package mutating func write<Subject: ~Copyable>(_ identifier: Identifier<Subject>) {
        write(identifier.bits)
    }
}
