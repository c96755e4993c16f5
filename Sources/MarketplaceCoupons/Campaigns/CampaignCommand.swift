public import MarketplaceCore

/// What is asked of a campaign, and by whom.
public struct CampaignCommand: Hashable, RepeatableCommand {
    /// Which campaign.
    public let campaign: CampaignID
    /// What is asked.
    public let action: Action
    /// Who asks, in the caller's terms, for the record; whether they may is for the caller to say.
    public let actor: MemberKey?

    /// Makes a command.
    public init(_ action: Action, on campaign: CampaignID, by actor: MemberKey?) {
        self.campaign = campaign
        self.action = action
        self.actor = actor
    }

    /// What can be asked.
    public enum Action: Hashable, Sendable {
        /// Make the campaign. Repeating it with the same terms changes nothing.
        case open(CampaignTerms)
        /// Give it other terms from now on. Coupons that were issued keep their expiry and their policy.
        case changeTerms(CampaignTerms)
        /// Let its coupons be neither had nor used for now.
        case pause
        /// Let them be had and used again.
        case resume
        /// Let them be neither had nor used ever again.
        case close
    }
}
