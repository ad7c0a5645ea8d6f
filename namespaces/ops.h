// The operations of this folder, as tare-init's table names them (runtime/init/main_act.cc). Each
// does what its OpKind says (runtime/act/plan.h) or ends the process through act::fail.
#pragma once

#include "runtime/act/context.h"

namespace tare::act {

// join_act.cc
void join(Context&, const Op&);
void unshare(Context&, const Op&);
void await_maps(Context&, const Op&);
void become_root(Context&, const Op&);
void fork_into_namespace(Context&, const Op&);
void reaper(Context&, const Op&);
void enter_time(Context&, const Op&);
// network_act.cc, uts_act.cc
void loopback_up(Context&, const Op&);
void hostname(Context&, const Op&);
void domainname(Context&, const Op&);
// mount_act.cc: making mounts
void host_propagation(Context&, const Op&);
void open_tree(Context&, const Op&);
void new_mount(Context&, const Op&);
void attributes(Context&, const Op&);
void reconfigure(Context&, const Op&);
void legacy_mount(Context&, const Op&);
void mount_label(Context&, const Op&);
// copy_up_act.cc
void copy_up(Context&, const Op&);
// attach_act.cc: putting them in place
void attach(Context&, const Op&);
void directory(Context&, const Op&);
void mask(Context&, const Op&);
void readonly_path(Context&, const Op&);
// rootfs_act.cc
void attach_root(Context&, const Op&);
void pivot(Context&, const Op&);
void enter_root(Context&, const Op&);
// device_act.cc
void device(Context&, const Op&);
void link(Context&, const Op&);
// file_act.cc
void file(Context&, const Op&);
// proc_act.cc
void write_proc(Context&, const Op&);
void label(Context&, const Op&);

}  // namespace tare::act
