public import MarketplaceCore

/// All that can happen to a campaign.
public enum CampaignEvent: EventUnion {
    /// It was made.
    case opened(CampaignOpened)
    /// Its terms are others now.
    case termsChanged(CampaignTermsChanged)
    /// It was paused, resumed or closed.
    case statusChanged(CampaignStatusChanged)

    /// How each stored kind of event becomes a value of this type.
    public static let cases = [
        EventCase(CampaignEvent.opened), EventCase(CampaignEvent.termsChanged), EventCase(CampaignEvent.statusChanged),
    ]

    /// The payload of this event.
    public var payload: any EventPayload {
        switch self {
        case .opened(let payload): payload
        case .termsChanged(let payload): payload
        case .statusChanged(let payload): payload
        }
    }
}

/// A campaign was made.
public struct CampaignOpened: EventPayload {
    /// `CampaignOpened`.
    public static let eventName = "CampaignOpened"

    /// The campaign.
    public let campaign: CampaignID
    /// What it is about.
    public let terms: CampaignTerms
    /// Who made it.
    public let by: MemberKey?

    /// Makes the payload.
    public init(campaign: CampaignID, terms: CampaignTerms, by: MemberKey?) {
        self.campaign = campaign
        self.terms = terms
        self.by = by
    }
}

/// A campaign has other terms.
public struct CampaignTermsChanged: EventPayload {
    /// `CampaignTermsChanged`.
    public static let eventName = "CampaignTermsChanged"

    /// The campaign.
    public let campaign: CampaignID
    /// What it is about from now on.
    public let terms: CampaignTerms
    /// Who changed it.
    public let by: MemberKey?

    /// Makes the payload.
    public init(campaign: CampaignID, terms: CampaignTerms, by: MemberKey?) {
        self.campaign = campaign
        self.terms = terms
        self.by = by
    }
}

/// A campaign was paused, resumed or closed.
public struct CampaignStatusChanged: EventPayload {
    /// `CampaignStatusChanged`.
    public static let eventName = "CampaignStatusChanged"

    /// The campaign.
    public let campaign: CampaignID
    /// Where it stood.
    public let from: Campaign.Status
    /// Where it stands.
    public let to: Campaign.Status
    /// Who did it.
    public let by: MemberKey?

    /// Makes the payload.
    public init(campaign: CampaignID, from: Campaign.Status, to: Campaign.Status, by: MemberKey?) {
        self.campaign = campaign
        self.from = from
        self.to = to
        self.by = by
    }
}
