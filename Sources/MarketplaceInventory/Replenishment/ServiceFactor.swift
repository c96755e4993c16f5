public import MarketplaceCore

/// How many standard deviations of the demand during the lead time safety stock covers: the *z* of the formulas.
public enum ServiceFactor: Hashable, Sendable {
    /// The factor at which that share of the replenishment cycles sees no shortage.
    case level(ServiceLevel)
    /// A factor of the caller's own.
    case exactly(Ratio)

    /// The factor; nil when it is negative.
    var value: WideRatio? {
        switch self {
        case .level(let level): WideRatio(level.factorTenThousandths).divided(by: WideRatio(10_000))
        case .exactly(let ratio): WideRatio(ratio)
        }
    }
}

/// A share of replenishment cycles without a shortage, with its service factor.
///
/// The factors are quantiles of the standard normal distribution, as every textbook tabulates them, in ten-thousandths
/// and rounded up, so that the level is reached.
public enum ServiceLevel: String, Hashable, Sendable, CaseIterable, Codable {
    /// 50 %: no safety stock at all.
    case percent50 = "50%"
    /// 75 %.
    case percent75 = "75%"
    /// 80 %.
    case percent80 = "80%"
    /// 85 %.
    case percent85 = "85%"
    /// 90 %.
    case percent90 = "90%"
    /// 95 %.
    case percent95 = "95%"
    /// 97.5 %.
    case percent97Point5 = "97.5%"
    /// 98 %.
    case percent98 = "98%"
    /// 99 %.
    case percent99 = "99%"
    /// 99.5 %.
    case percent99Point5 = "99.5%"
    /// 99.9 %.
    case percent99Point9 = "99.9%"
    /// 99.99 %.
    case percent99Point99 = "99.99%"

    /// The service factor in ten-thousandths.
    public var factorTenThousandths: UInt64 {
        switch self {
        case .percent50: 0
        case .percent75: 6_745
        case .percent80: 8_417
        case .percent85: 10_365
        case .percent90: 12_816
        case .percent95: 16_449
        case .percent97Point5: 19_600
        case .percent98: 20_538
        case .percent99: 23_264
        case .percent99Point5: 25_759
        case .percent99Point9: 30_903
        case .percent99Point99: 37_191
        }
    }
}
