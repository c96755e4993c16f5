extension PostgresSchema {
    /// What ``PostgresLockProvider`` keeps: a small row for every key that was ever locked, so that no token goes back.
    ///
    /// `expires_at` is in microseconds since 1970 on the server's clock; without a holder it says nothing.
    static let leaseTable = [
        """
        create table marketplace_lease (namespace bigint not null, key text collate "C" not null, token bigint not \
        null, holder uuid, expires_at bigint not null, primary key (namespace, key)) with (fillfactor = 50)
        """
    ]
}
