import MarketplaceCore
import MarketplaceDomain
import MarketplacePorts

/// What is stored of a member's payment methods: one document, so that it can be erased at once.
struct PaymentWallet: Codable, Hashable, Sendable {
    struct Method: Codable, Hashable, Sendable {
        let id: PaymentMethodID
        let label: PaymentMethodLabel
        var token: SealedField
        let addedAt: Timestamp
    }

    var methods: [Method] = []
    var defaultID: PaymentMethodID?
    /// What was removed last, so that a late repetition of an addition does not bring it back.
    var removed: [PaymentMethodID] = []

    /// How many removals are remembered: more than a member removes within the life of a request.
    static let rememberedRemovals = 64

    /// What the methods look like to their owner: the default one first, then in the order of their addition.
    var list: [SavedPaymentMethod] {
        let all = methods.map { method in
            SavedPaymentMethod(
                id: method.id,
                label: method.label,
                isDefault: method.id == defaultID,
                addedAt: method.addedAt
            )
        }
        return all.filter(\.isDefault) + all.filter { !$0.isDefault }
    }

    /// The wallet without a method; the oldest one left takes over as the default.
    func removing(_ id: PaymentMethodID) -> PaymentWallet {
        var copy = self
        copy.methods.removeAll { $0.id == id }
        copy.removed = (copy.removed + [id]).suffix(Self.rememberedRemovals)
        if copy.defaultID == id { copy.defaultID = copy.methods.first?.id }
        return copy
    }
}
