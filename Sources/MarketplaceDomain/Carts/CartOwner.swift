public import MarketplaceCore

/// What a ``VisitorID`` names.
public enum VisitorSubject {}

/// Names somebody who has not logged in, such as a browser.
public typealias VisitorID = Identifier<VisitorSubject>

/// Whose cart or wish list it is: each has one.
public enum CartOwner: Sendable, Hashable, Codable {
    /// A member's.
    case member(MemberID)
    /// Somebody's who has not logged in.
    case visitor(VisitorID)
}

extension CartOwner: CustomStringConvertible {
    /// The kind and the id.
    public var description: String {
        switch self {
        case .member(let id): "member \(id)"
        case .visitor(let id): "visitor \(id)"
        }
    }
}
