import Synchronization

// `Mutex` takes and gives back a free lock by an atomic instruction that is compiled into its caller: the thread
// sanitizer sees it. On Linux a lock that somebody waits for goes through a function of the runtime, which is not
// instrumented and has the kernel hand the lock over (futex(2), `FUTEX_LOCK_PI`). The sanitizer sees nothing of that
// and takes whatever such a lock guards for a race. Here the two functions tell it what they do; the linker puts them
// in the place of the runtime's (`--wrap`).
//
// Nothing is silenced: what is told holds for that one lock, and every access without it is reported as before.
// `Tests/Scripts/tsan.sh` shows both by the programs in the folder `Planted`.

@_silgen_name("__tsan_acquire")
private func noteAcquired(_ lock: UnsafeRawPointer)

@_silgen_name("__tsan_release")
private func noteReleased(_ lock: UnsafeRawPointer)

extension _MutexHandle {
    @_silgen_name("__real_$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF")
    private borrowing func lockUnseen(_ thread: UInt32)

    @_silgen_name("__real_$s15Synchronization12_MutexHandleV11_unlockSlowyyF")
    private borrowing func unlockUnseen()

    /// Takes a lock that somebody has; only then is what its last holder did known to have happened before.
    @_silgen_name("__wrap_$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF")
    public borrowing func lockSeen(_ thread: UInt32) {
        lockUnseen(thread)
        withUnsafePointer(to: self) { noteAcquired($0) }
    }

    /// Gives back a lock that somebody waits for; told before, for afterwards it is another's.
    @_silgen_name("__wrap_$s15Synchronization12_MutexHandleV11_unlockSlowyyF")
    public borrowing func unlockSeen() {
        withUnsafePointer(to: self) { noteReleased($0) }
        unlockUnseen()
    }
}
