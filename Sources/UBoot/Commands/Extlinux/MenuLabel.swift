/// One thing that a menu file offers to boot.
struct MenuLabel: Equatable {
    /// What it is called in the file.
    var name: ByteString
    /// What the menu shows instead.
    var title: ByteString?
    /// The kernel's file, with a configuration of a FIT behind `#`.
    var kernel: ByteString?
    var append: ByteString?
    var ramdisk: ByteString?
    var tree: ByteString?
    var treeFolder: ByteString?
    var overlays: ByteString?
    /// What `localboot` says; nil if it is not there.
    var localBoot: Int64?
    /// Whether `kaslrseed` is there.
    var wantsSeed = false
    /// What `ipappend` says: 1 adds the addresses, 2 the Ethernet address.
    var ipAppend: Int64 = 0
}

/// What a menu file says, all its included files read.
struct MenuFile: Equatable {
    var title: ByteString?
    /// The label that is tried first.
    var initial: ByteString?
    /// Tenths of a second until the first one is chosen.
    var timeout: Int64 = 0
    /// Whether the menu is shown and someone is asked.
    var asks = false
    var labels: [MenuLabel] = []
}
