import MarketplaceCore
import MarketplacePromotions

/// The stored form of a limit's name, apart from the type of the promotions so that either can change alone.
struct QuotaForm: Codable, Hashable, Sendable {
    enum Kind: String, Codable {
        case total
        case member
        case attribute
        case budget
        case code
    }

    let kind: Kind
    var name: String?
    var value: String?

    init(_ quota: QuotaClaim.Quota) {
        switch quota {
        case .total: kind = .total
        case .member(let member):
            kind = .member
            value = member.text
        case .attribute(let name, let value):
            kind = .attribute
            self.name = name
            self.value = value
        case .budget(let currency):
            kind = .budget
            value = currency.code
        case .code(let code):
            kind = .code
            value = code.text
        }
    }

    /// The limit it stands for; throws what is wrong with a damaged form.
    var quota: QuotaClaim.Quota {
        get throws {
            let value = value ?? ""
            return switch kind {
            case .total: .total
            case .member: .member(try MemberKey(validating: value))
            case .attribute: .attribute(name: name ?? "", value: value)
            case .budget: .budget(try Currency(code: value))
            case .code: .code(try CouponCode(validating: value))
            }
        }
    }
}

/// The stored form of a claim.
struct ClaimForm: Codable, Hashable, Sendable {
    let promotion: PromotionID
    let quota: QuotaForm
    let amount: Int64
    let limit: Int64

    init(_ claim: QuotaClaim) {
        promotion = claim.promotion
        quota = QuotaForm(claim.quota)
        amount = claim.amount
        limit = claim.limit
    }

    /// The claim it stands for; throws what is wrong with a damaged form.
    var claim: QuotaClaim {
        get throws { QuotaClaim(promotion: promotion, quota: try quota.quota, amount: amount, limit: limit) }
    }
}
