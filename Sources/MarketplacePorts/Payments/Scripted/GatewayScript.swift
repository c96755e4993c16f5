public import MarketplaceCore

/// What a ``ScriptedPaymentGateway`` does to which request.
///
/// ```swift
/// var script = GatewayScript([.authorize: GatewayRates(declined: .percent(3), timedOutAfterEffect: .percent(1))])
/// script["order-17/authorize"] = [.timeOutBeforeEffect, .timeOutAfterEffect]
/// ```
public struct GatewayScript: Sendable, Hashable {
    private let bands: [GatewayOperationKind: [GatewayBand]]
    private var behaviors: [IdempotencyKey: [GatewayBehavior]] = [:]

    /// Makes a script of rates for some kinds of request; the others are approved.
    public init(_ rates: [GatewayOperationKind: GatewayRates] = [:]) {
        bands = rates.mapValues(\.bands)
    }

    /// The script that approves everything.
    public static let approving = GatewayScript()

    /// What happens to the attempts of one request, one after the other; attempts beyond them are approved.
    ///
    /// It takes the place of the rates for that key.
    public subscript(key: IdempotencyKey) -> [GatewayBehavior]? {
        get { behaviors[key] }
        set { behaviors[key] = newValue }
    }

    /// What happens to an attempt (from 0) that the gateway has no answer for yet.
    ///
    /// It follows from the seed and the key alone, not from what was asked before: a concurrent run replays.
    func behavior(of request: GatewayRequest, attempt: Int, seed: UInt64) -> GatewayBehavior {
        if !behaviors.isEmpty, let exact = behaviors[request.key] {
            return attempt < exact.count ? exact[attempt] : .approve
        }
        guard attempt == 0, let bands = bands[request.operation.kind] else { return .approve }
        var generator = SeededGenerator(seed: seed ^ Self.hash(of: request.key))
        let draw = generator.next(through: 999_999)
        return bands.first { draw < $0.end }?.behavior ?? .approve
    }

    /// FNV-1a over the bytes of the key: the same on every machine, unlike `Hasher`.
    private static func hash(of key: IdempotencyKey) -> UInt64 {
        key.text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }
}
