#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A logarithmic axis over nanoseconds, with ticks at round places in each decade: the fewer, the longer the axis.
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
        let factors = Self.factors(for: span)
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

    /// The places of the ticks within a decade; on a short axis these are the bounds of the buckets, so one is always there.
    private static func factors(for span: Double) -> [Double] {
        switch span {
        case ...0.6: [1, 1.2, 1.5, 1.8, 2.2, 2.7, 3.3, 3.9, 4.7, 5.6, 6.8, 8.2]
        case ...2: [1, 2, 5]
        case ...4: [1, 3]
        default: [1]
        }
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
