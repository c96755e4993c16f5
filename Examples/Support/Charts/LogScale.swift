#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A logarithmic axis over nanoseconds, with a tick at 1, 2 and 5 times each power of ten, or at fewer if it is long.
struct LogScale {
    private let lower: Double
    private let span: Double
    /// The ticks that lie on the axis, with their labels.
    let ticks: [(fraction: Double, label: String)]

    /// A scale from one positive duration to a longer one.
    init(from low: Double, through high: Double) {
        let lower = log10(low)
        let span = max(log10(high) - lower, 0.05)
        self.lower = lower
        self.span = span
        let factors: [Double] =
            span > 4 ? [1] : span > 2 ? [1, 3] : span > 0.5 ? [1, 2, 5] : [1, 1.2, 1.5, 2, 3, 4, 5, 6, 7, 8, 9]
        var power = 1.0
        var ticks: [(fraction: Double, label: String)] = []
        while power <= high {
            for factor in factors {
                let fraction = (log10(factor * power) - lower) / span
                guard fraction >= -0.001, fraction <= 1.001 else { continue }
                ticks.append((fraction, Self.label(factor * power)))
            }
            power *= 10
        }
        self.ticks = ticks
    }

    /// Where a duration lies between the ends, from 0 to 1.
    func fraction(of nanoseconds: Double) -> Double {
        (log10(nanoseconds) - lower) / span
    }

    /// A round duration without decimals that say nothing: `5 ms`, not `5.00 ms`.
    private static func label(_ nanoseconds: Double) -> String {
        let units: [(String, Double)] = [("s", 1e9), ("ms", 1e6), ("µs", 1e3)]
        let (unit, size) = units.first { nanoseconds >= $0.1 } ?? ("ns", 1)
        return LinearScale.label(nanoseconds / size, step: nanoseconds / size) + " " + unit
    }
}
