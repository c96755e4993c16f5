/// What goes wrong between a store and its database while it commits.
public enum StoreFault: Hashable, Sendable {
    /// There is no connection, and that is known before anything was sent.
    case refuse
    /// The connection is lost before the database has the request.
    case loseRequest
    /// The commit takes effect, and the connection is lost before its answer has come.
    case loseAnswer
    /// The connection is lost when the database has done so many statements of the commit, from 0.
    ///
    /// Its `COMMIT` is one of them. A store whose commit is one request has one statement.
    case interrupt(afterStatements: Int)
}
