import MarketplaceCore

/// The gateway has done what it was asked, and the record of that could not be written.
///
/// Whatever became of the record, the effect is there: so it counts as unknown, is looked up, and is undone.
struct UnrecordedEffect: EffectStating, CustomStringConvertible {
    let reason: String

    var effect: EffectOutcome { .unknown }
    var description: String { "done, but not recorded: \(reason)" }

    /// Records an effect that has happened.
    static func recording(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch {
            throw UnrecordedEffect(reason: "\(error)")
        }
    }
}
