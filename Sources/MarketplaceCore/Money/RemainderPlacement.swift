/// How an exact split becomes whole units: how each share is rounded first, and who gets what is then left over.
///
/// Whatever the placement, the shares add up to the total, and a weight of zero gets nothing. ``largest`` is the
/// default and the closest split. The others reproduce what systems in the field do: floor and largest fraction is
/// ``largest(base:)`` with `.floor`, "round half down, then a unit each from the front" is ``first(base:)`` with
/// `.halfDown`, "each line rounded down, the last one takes the difference" is ``wholeToLast(base:)``, and "each part
/// its share of what is still there" is ``successiveFromLast(rounding:)``.
public struct RemainderPlacement: Sendable, Hashable {
    enum Method: String, Sendable, Hashable, CaseIterable, Codable {
        case largest
        case first
        case last
        case wholeToFirst = "whole_to_first"
        case wholeToLast = "whole_to_last"
        case successiveFromFirst = "successive_from_first"
        case successiveFromLast = "successive_from_last"
    }

    /// The names of the methods, as they are stored.
    package static var methodNames: [String] { Method.allCases.map(\.rawValue) }

    let method: Method
    /// How each share is rounded before what is left over is placed.
    public let rounding: RoundingMode

    /// Largest remainder (Hamilton): shares cut off towards zero, then one unit each to the largest fractions.
    ///
    /// Ties go to the lower index. A negative total gives the negated shares of the positive one.
    public static let largest = largest(base: .down)
    /// Every share cut off towards zero, then one unit each from the first on.
    public static let first = first(base: .down)
    /// Every share cut off towards zero, then one unit each from the last backwards.
    public static let last = last(base: .down)

    /// Every share rounded, then one unit each to, or from, those that are furthest off, ties to the lower index.
    public static func largest(base: RoundingMode) -> RemainderPlacement {
        RemainderPlacement(method: .largest, rounding: base)
    }

    /// Every share rounded, then one unit each to, or from, the first ones; a share is never taken beyond zero.
    public static func first(base: RoundingMode) -> RemainderPlacement {
        RemainderPlacement(method: .first, rounding: base)
    }

    /// Every share rounded, then one unit each to, or from, the last ones; a share is never taken beyond zero.
    public static func last(base: RoundingMode) -> RemainderPlacement {
        RemainderPlacement(method: .last, rounding: base)
    }

    /// Every share rounded, and the whole difference to the first weight above zero.
    ///
    /// With a base other than `.down` that share may pass zero, by less than a unit for each weight.
    public static func wholeToFirst(base: RoundingMode) -> RemainderPlacement {
        RemainderPlacement(method: .wholeToFirst, rounding: base)
    }

    /// Every share rounded, and the whole difference to the last weight above zero.
    ///
    /// With a base other than `.down` that share may pass zero, by less than a unit for each weight.
    public static func wholeToLast(base: RoundingMode) -> RemainderPlacement {
        RemainderPlacement(method: .wholeToLast, rounding: base)
    }

    /// From the first on, each takes its rounded share of what is still there, by the weights that are still there.
    public static func successiveFromFirst(rounding: RoundingMode) -> RemainderPlacement {
        RemainderPlacement(method: .successiveFromFirst, rounding: rounding)
    }

    /// From the last backwards, each takes its rounded share of what is still there, by the weights still there.
    public static func successiveFromLast(rounding: RoundingMode) -> RemainderPlacement {
        RemainderPlacement(method: .successiveFromLast, rounding: rounding)
    }
}

extension RemainderPlacement: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case method
        case rounding
    }

    /// Decodes the form that ``encode(to:)`` writes; without a rounding it is `down`.
    ///
    /// Unknown keys are refused.
    public init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(besides: CodingKeys.self)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        method = try container.decode(Method.self, forKey: .method)
        rounding = container.contains(.rounding) ? try container.decode(RoundingMode.self, forKey: .rounding) : .down
    }

    /// Encodes an object of two keys: `method` (`largest`, `first`, `last`, `whole_to_first`, `whole_to_last`,
    /// `successive_from_first`, `successive_from_last`) and `rounding`, the raw name of a ``RoundingMode``.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(method, forKey: .method)
        try container.encode(rounding, forKey: .rounding)
    }
}
