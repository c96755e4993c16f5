public import MarketplaceCore

/// The subject of the names of providers.
public enum SocialProviderSubject {}

/// Names somebody at whom people have identities, such as `kakao`.
public typealias SocialProvider = TextKey<SocialProviderSubject>
