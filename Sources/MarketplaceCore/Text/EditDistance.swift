/// How many slips of the keyboard lie between two names.
package enum EditDistance {
    /// The longest name that is compared, in bytes of UTF-8: a comparison costs the product of both lengths, and one
    /// of the names comes from outside.
    static let maximumByteCount = 64

    /// The most slips between a name and the one it was meant to be: more, and the guess is as often wrong as right.
    package static let maximumSlips = 2

    /// The known name with the fewest slips, the first of several; nil when all are too far away.
    ///
    /// A name of five letters or fewer may have one slip, and one of two letters none: there, everything is near.
    package static func nearest(to name: String, of known: [String]) -> String? {
        var best: (name: String, distance: Int)?
        for candidate in known {
            let length = max(candidate.utf8.count, name.utf8.count)
            let limit = min(maximumSlips, length / 3, (best?.distance ?? .max) - 1)
            guard limit >= 0, let distance = between(name, candidate, limit: limit) else { continue }
            best = (candidate, distance)
        }
        return best?.name
    }

    /// The optimal string alignment distance of two names in bytes of UTF-8.
    ///
    /// That is the fewest insertions, deletions, replacements and swaps of neighbours that make one of the other,
    /// where no byte is touched twice. ASCII letters count as equal in either case.
    ///
    /// Nil when it is greater than `limit`, or when a name is longer than ``maximumByteCount``.
    static func between(_ one: String, _ other: String, limit: Int) -> Int? {
        guard let one = folded(one), let other = folded(other), abs(one.count - other.count) <= limit else {
            return nil
        }
        var beforeLast: [Int] = []
        var last = Array(0...other.count)
        for row in one.indices {
            var current = [row + 1]
            for column in other.indices {
                let replaced = last[column] + (one[row] == other[column] ? 0 : 1)
                var best = min(replaced, last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, one[row] == other[column - 1], one[row - 1] == other[column] {
                    best = min(best, beforeLast[column - 1] + 1)
                }
                current.append(best)
            }
            (beforeLast, last) = (last, current)
        }
        return last[other.count] <= limit ? last[other.count] : nil
    }

    /// The bytes of a name with ASCII letters in lower case; nil when there are too many.
    private static func folded(_ name: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        for byte in name.utf8 {
            guard bytes.count < maximumByteCount else { return nil }
            bytes.append((65...90).contains(byte) ? byte + 32 : byte)
        }
        return bytes
    }
}
