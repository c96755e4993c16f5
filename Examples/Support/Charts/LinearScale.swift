/// A linear axis with round ticks: 1, 2 or 5 times a power of ten apart.
struct LinearScale {
    /// A tick and its label.
    struct Tick: Hashable {
        let value: Double
        let label: String
    }

    let lower: Double
    let upper: Double
    let ticks: [Tick]
    /// The title of the axis with its unit.
    let title: String

    /// A scale over all the values, from zero if they are not negative and `fromZero` asks for it.
    ///
    /// - Parameters:
    ///   - values: The finite values to be shown.
    ///   - axis: What they are.
    ///   - fromZero: Whether zero is always on the axis.
    ///   - rounded: Whether the axis ends on a tick, and not on the last value.
    ///   - count: About how many ticks fit.
    init(over values: [Double], axis: ChartAxis, fromZero: Bool = true, rounded: Bool = true, count: Int) {
        var low = values.min() ?? 0
        var high = values.max() ?? 1
        if fromZero {
            low = min(low, 0)
            high = max(high, 0)
        }
        if !(high > low) { high = low + max(1, low.magnitude * 0.1) }
        let niceStep = Self.niceStep((high - low) / Double(max(1, count)))
        let step = axis.unit == .count ? max(1, niceStep) : niceStep
        let first = (low / step).rounded(.down)
        let last = (high / step).rounded(.up)
        lower = rounded ? first * step : low
        upper = rounded ? last * step : high
        let isElapsed = axis.unit == .elapsed
        let (unit, size) = isElapsed ? Self.timeUnit(for: high) : ("", 1)
        title = isElapsed ? "\(axis.title) (\(unit))" : axis.title
        // Far from zero a step may vanish beside the value; then the two ends are all there is to label.
        let places = last - first <= 64 ? Array(stride(from: first, through: last, by: 1)) : []
        let (lower, upper) = (lower, upper)
        ticks = places.map { $0 * step }.filter { $0 >= lower - step / 1_000 && $0 <= upper + step / 1_000 }.map {
            value in
            Tick(value: value, label: Self.label(value / size, step: step / size))
        }
    }

    /// Where a value lies between the ends, from 0 to 1.
    func fraction(of value: Double) -> Double {
        (value - lower) / (upper - lower)
    }

    /// The least of 1, 2 and 5 times a power of ten that is not below `step`.
    static func niceStep(_ step: Double) -> Double {
        guard step.isFinite, step > 0 else { return 1 }
        var power = 1.0
        while power * 10 <= step { power *= 10 }
        while power > step { power /= 10 }
        for factor in [1.0, 2, 5] where factor * power >= step { return factor * power }
        return 10 * power
    }

    private static func timeUnit(for nanoseconds: Double) -> (String, Double) {
        switch nanoseconds.magnitude {
        case ..<2_000: ("ns", 1)
        case ..<2_000_000: ("µs", 1_000)
        case ..<2_000_000_000: ("ms", 1_000_000)
        case ..<300_000_000_000: ("s", 1_000_000_000)
        default: ("min", 60_000_000_000)
        }
    }

    /// The value with as many decimals as the step has.
    static func label(_ value: Double, step: Double) -> String {
        var decimals = 0
        var scaled = step
        while decimals < 6, (scaled - scaled.rounded()).magnitude > 1e-6 * scaled.magnitude {
            scaled *= 10
            decimals += 1
        }
        let scale = [1.0, 10, 100, 1_000, 10_000, 100_000, 1_000_000][decimals]
        guard let units = Int64(exactly: (value * scale).rounded()) else { return "\(value)" }
        let fixed = Format.fixed(UInt128(units.magnitude), decimals: decimals)
        let parts = fixed.split(separator: ".")
        let whole = parts.first.flatMap { UInt64($0) }.map { Format.count($0) } ?? fixed
        return (units < 0 ? "-" : "") + whole + (parts.count > 1 ? "." + parts[1] : "")
    }
}
