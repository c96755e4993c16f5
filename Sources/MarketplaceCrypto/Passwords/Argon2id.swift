#if Crypto
import CMarketplaceCrypto

/// Argon2id version 1.3 (RFC 9106), by libargon2.
enum Argon2id {
    static let version: UInt32 = 0x13

    /// What is hashed with the password.
    struct Salting {
        let salt: [UInt8]
        /// What is kept outside of the store.
        var secret: [UInt8] = []
        var associatedData: [UInt8] = []
    }

    /// The tag of a password; nil when there is not enough memory.
    static func tag(_ password: [UInt8], _ salting: Salting, _ cost: Argon2Cost, byteCount: Int) -> [UInt8]? {
        // The library takes addresses it could write to; it writes to none but the first, since no flag asks it to
        // wipe what it read.
        var (tag, password, salt) = ([UInt8](repeating: 0, count: byteCount), password, salting.salt)
        var (secret, associatedData) = (salting.secret, salting.associatedData)
        let (tagCount, passwordCount, saltCount) = (UInt32(tag.count), UInt32(password.count), UInt32(salt.count))
        let (secretCount, dataCount) = (UInt32(secret.count), UInt32(associatedData.count))
        let code = unsafe tag.withUnsafeMutableBufferPointer { tag in
            unsafe password.withUnsafeMutableBufferPointer { password in
                unsafe salt.withUnsafeMutableBufferPointer { salt in
                    unsafe secret.withUnsafeMutableBufferPointer { secret in
                        unsafe associatedData.withUnsafeMutableBufferPointer { data in
                            var context = unsafe argon2_context(
                                out: tag.baseAddress,
                                outlen: tagCount,
                                pwd: password.baseAddress,
                                pwdlen: passwordCount,
                                salt: salt.baseAddress,
                                saltlen: saltCount,
                                secret: secretCount == 0 ? nil : secret.baseAddress,
                                secretlen: secretCount,
                                ad: dataCount == 0 ? nil : data.baseAddress,
                                adlen: dataCount,
                                t_cost: cost.passes,
                                m_cost: cost.memoryKibibytes,
                                lanes: cost.lanes,
                                threads: 1,
                                version: version,
                                allocate_cbk: nil,
                                free_cbk: nil,
                                flags: 0
                            )
                            return unsafe argon2id_ctx(&context)
                        }
                    }
                }
            }
        }
        return code == 0 ? tag : nil
    }
}
#endif
