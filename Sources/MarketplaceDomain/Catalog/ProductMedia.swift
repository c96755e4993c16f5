public import MarketplaceCore

/// What a ``MediaPath`` names.
public enum MediaPathSubject {}

/// Names a picture, a film or a file where media are kept; uploading it is not the catalogue's business.
public typealias MediaPath = TextKey<MediaPathSubject>

/// A picture, a film or a file that shows a product.
public struct ProductMedia: Sendable, Hashable, Codable {
    /// Where it is.
    public let path: MediaPath
    /// What it shows, for those who cannot see it; empty when that was not said.
    public let alternativeText: String

    /// Makes a reference.
    public init(_ path: MediaPath, alternativeText: String = "") {
        self.path = path
        self.alternativeText = alternativeText
    }
}
