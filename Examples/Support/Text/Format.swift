/// How numbers, durations and rates are written in tables, charts and reports.
public enum Format {
    /// A whole number with a comma between groups of three digits: `1,234,567`.
    public static func count(_ number: some BinaryInteger) -> String {
        let digits = String(number.magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return (number < 0 ? "-" : "") + text
    }

    /// A duration with three significant digits and its unit: `1.23 ms`, `45.6 s`; from a minute on `2 min 05 s`.
    ///
    /// Halves are rounded away from zero.
    public static func duration(_ duration: Duration) -> String {
        let parts = duration.components
        let nanoseconds = Int128(parts.seconds) * 1_000_000_000 + Int128(parts.attoseconds / 1_000_000_000)
        let sign = nanoseconds < 0 ? "-" : ""
        return sign + text(nanoseconds: nanoseconds.magnitude)
    }

    private static func text(nanoseconds: UInt128) -> String {
        if nanoseconds < 1_000 { return "\(nanoseconds) ns" }
        let units: [(unit: String, size: UInt128)] = [("µs", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000)]
        for (unit, size) in units {
            let limit: UInt128 = unit == "s" ? 60 : 1_000
            for decimals in [2, 1, 0] {
                let scale: UInt128 = [1, 10, 100][decimals]
                let scaled = (nanoseconds * scale + size / 2) / size
                // One digit fewer after the point for each one more before it.
                if scaled < 1_000, scaled < limit * scale { return fixed(scaled, decimals: decimals) + " " + unit }
            }
        }
        let seconds = (nanoseconds + 500_000_000) / 1_000_000_000
        if seconds < 3_600 { return "\(seconds / 60) min \(padded(seconds % 60)) s" }
        let minutes = (seconds + 30) / 60
        return "\(count(minutes / 60)) h \(padded(minutes % 60)) min"
    }

    /// How many per second: `12,345 /s`; with one decimal below ten; `n/a` when no time passed.
    public static func rate(_ count: some BinaryInteger, in duration: Duration) -> String {
        let parts = duration.components
        let nanoseconds = Int128(parts.seconds) * 1_000_000_000 + Int128(parts.attoseconds / 1_000_000_000)
        guard nanoseconds > 0, let count = Int64(exactly: count), count >= 0 else { return "n/a" }
        let tenths = (Int128(count) * 10_000_000_000 + nanoseconds / 2) / nanoseconds
        if tenths < 100 { return fixed(tenths.magnitude, decimals: 1) + " /s" }
        return self.count((tenths + 5) / 10) + " /s"
    }

    /// The share `part` has in `whole`, with two decimals: `3.02 %`; `n/a` when the whole is nothing.
    public static func share(_ part: some BinaryInteger, of whole: some BinaryInteger) -> String {
        guard let part = Int64(exactly: part), let whole = Int64(exactly: whole), whole > 0, part >= 0 else {
            return "n/a"
        }
        let hundredths = (Int128(part) * 10_000 + Int128(whole) / 2) / Int128(whole)
        return fixed(hundredths.magnitude, decimals: 2) + " %"
    }

    /// `units` with the point before the last `decimals` digits: `fixed(1234, decimals: 2)` is `12.34`.
    static func fixed(_ units: UInt128, decimals: Int) -> String {
        var digits = String(units)
        guard decimals > 0 else { return digits }
        if digits.count <= decimals { digits = String(repeating: "0", count: decimals + 1 - digits.count) + digits }
        return digits.dropLast(decimals) + "." + digits.suffix(decimals)
    }

    private static func padded(_ number: UInt128) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
