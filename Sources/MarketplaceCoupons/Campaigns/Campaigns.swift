public import MarketplaceCore
public import MarketplaceStorage

/// Makes, changes and reads campaigns.
///
/// Whether the actor may do so is for the caller to say: only operators should.
public struct Campaigns: Sendable {
    private let repository: Repository<Campaign>

    /// The campaigns that `store` keeps.
    ///
    /// - Parameters:
    ///   - store: Keeps their events.
    ///   - codec: Writes the payloads of the events.
    ///   - identifiers: Where the ids of events come from.
    public init(store: any Store, codec: any PayloadCodec, identifiers: any IdentifierSource) {
        repository = Repository(in: store, codec: codec, identifiers: identifiers)
    }

    /// Makes or changes a campaign.
    ///
    /// - Parameters:
    ///   - action: What is asked.
    ///   - campaign: Of which campaign.
    ///   - actor: Who asks, for the record.
    ///   - key: Names the request: repeating it returns the campaign and changes nothing.
    ///   - time: When.
    /// - Returns: The campaign as it is now.
    /// - Throws: `invalidTerms` with what is wrong, `campaignExists`, `unknownCampaign`, `closed`.
    @discardableResult
    public func perform(
        _ action: CampaignCommand.Action,
        on campaign: CampaignID,
        by actor: MemberKey? = nil,
        key: IdempotencyKey,
        at time: Timestamp
    ) async throws(CouponError) -> Campaign {
        do throws(RepositoryError<CouponRefusal>) {
            let command = CampaignCommand(action, on: campaign, by: actor)
            return try await repository.handle(command, on: campaign, key: key, at: time).root
        } catch {
            throw CouponError(error)
        }
    }

    /// A campaign; nil when there is none of that id.
    public func campaign(_ id: CampaignID) async throws(CouponError) -> Campaign? {
        do throws(RepositoryError<CouponRefusal>) {
            let loaded = try await repository.load(id)
            return loaded.exists ? loaded.root : nil
        } catch {
            throw CouponError(error)
        }
    }
}
