// The in-root resolver: the one place where a path of a container's tree meets the kernel.
#pragma once

#include "runtime/act/context.h"

namespace tare::act {

// What a missing final component is made as.
enum class Missing { Fail, Directory, File };

// How symbolic links are treated. All of them, absolute ones too, stay inside the root; magic links
// of procfs are never followed.
enum class Links { Follow, Refuse };

// An O_PATH descriptor of `path` below `root`, or a negative errno. Missing components are made
// (directories 0755, files 0644) unless Missing::Fail; dangling links are followed inside the root
// and their target is made.
long resolve(int root, const char* path, Missing missing, Links links = Links::Follow);

// The parent directory of `path`, made when missing, and the last component's name. The descriptor
// stays the context's: neighbours (/dev/null, /dev/zero …) share it until forget_parent().
long resolve_parent(Context& context, const char* path, const char** name);
void forget_parent(Context& context);

// Fails the operation when `target` is the root itself, to which an image's links can lead any
// destination: a mount there would cover the whole container. The kind of `target`: S_IFMT bits.
uint32_t refuse_root(Context& context, int target);

// Kind of what an O_PATH descriptor names: S_IFMT bits; 0 when fstat fails.
uint32_t file_type(int fd);
uint64_t file_device(int fd);  // st_rdev in the kernel's huge encoding (as Op::a carries it)

// Type of the file system (statfs f_type), 0 when that cannot be told.
uint64_t filesystem_type(int fd);

}  // namespace tare::act
