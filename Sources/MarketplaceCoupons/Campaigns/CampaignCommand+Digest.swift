public import MarketplaceCore

extension CampaignCommand {
    /// Takes in of which campaign what is asked.
    public func identify(in digest: inout ContentDigest) {
        campaign.combine(into: &digest)
        switch action {
        case .open(let terms): digest.combine(all: "open", terms)
        case .changeTerms(let terms): digest.combine(all: "changeTerms", terms)
        case .pause: digest.combine("pause")
        case .resume: digest.combine("resume")
        case .close: digest.combine("close")
        }
    }
}

extension CampaignTerms: ContentDigestible {
    /// Takes in all of it.
    public func combine(into digest: inout ContentDigest) {
        digest.combine(all: name, promotions, from, until, issuing.rawValue, validity)
        digest.combine(all: totalLimit, perMemberLimit, partnerDomains.map(\.text), restoring)
    }
}

extension CampaignTerms.Validity: ContentDigestible {
    /// Takes in all of it.
    public func combine(into digest: inout ContentDigest) {
        switch self {
        case .untilEnd: digest.combine("untilEnd")
        case .seconds(let seconds): digest.combine(all: "seconds", seconds)
        }
    }
}

extension RestorePolicy: ContentDigestible {
    /// Takes in all of it.
    public func combine(into digest: inout ContentDigest) {
        switch self {
        case .never: digest.combine("never")
        case .always: digest.combine("always")
        case .untilExpiry: digest.combine("untilExpiry")
        case .until(let end): digest.combine(all: "until", end)
        }
    }
}
