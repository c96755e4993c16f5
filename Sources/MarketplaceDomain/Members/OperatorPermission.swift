public import MarketplaceCore

/// The subject of the names of permissions.
public enum OperatorPermissionSubject {}

/// What somebody who runs the marketplace may be permitted to do, such as `order`: all commands about orders.
///
/// Which permission a command needs is said by its ``CommandRule``.
public typealias OperatorPermission = TextKey<OperatorPermissionSubject>
