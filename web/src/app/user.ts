import { createContext, useContext } from 'react';
import type { User } from '../client/wire.ts';

export const UserContext = createContext<User | undefined>(undefined);

/** The person signed in; only below the gate of {@link App}. */
export function useUser(): User {
  const user = useContext(UserContext);
  if (user === undefined) throw new Error('Nobody is signed in above this component.');
  return user;
}

export function canManage(user: User): boolean {
  return user.role === 'admin' || user.role === 'manager';
}

export function isCustomer(role: User['role']): boolean {
  return role === 'customer' || role === 'guest';
}
